"""The shared ipywidgets of the playbook. They know `playbook`; they hold no rule and no threshold."""
