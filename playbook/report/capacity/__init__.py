"""The capacity sheet's picture in words: who is freed, who keeps what and who takes what over."""
