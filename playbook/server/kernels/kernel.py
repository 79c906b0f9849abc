"""What a kernel of the playbook runs: `python -m playbook.server.kernels.kernel -f FILE`.

An ordinary ipykernel without its debugger, which nobody can reach here and whose import takes a
third of the start and 30 MB.
"""

import sys

sys.modules["debugpy"] = None  # type: ignore[assignment]  # makes `import debugpy` an ImportError

if __name__ == "__main__":
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
