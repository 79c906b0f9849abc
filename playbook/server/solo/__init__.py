"""The playbook for one person on this machine."""
