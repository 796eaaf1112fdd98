"""One runnable module per figure: `python3 run.py bench [NAME]`. Figures are ratios within one run."""
