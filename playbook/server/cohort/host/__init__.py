"""What all pages of a cohort host share: the host itself, who asks, news, limits."""
