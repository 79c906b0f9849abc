"""The shared ipywidgets of the playbook: they know `playbook`, and hold no rule or threshold."""
