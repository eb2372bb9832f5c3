"""The deterministic half of reading: names, periods, numbers, clock times and slips, found before all else."""
