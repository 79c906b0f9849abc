"""What kernels ask of the front process, and the tickets they come with."""
