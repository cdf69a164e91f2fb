"""What ends for somebody who leaves a run."""
