"""The command line: `playbook COMMAND`."""
