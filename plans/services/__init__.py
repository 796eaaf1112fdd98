"""What happens when something is done: one keyword-only atomic function per act, with `by=`."""
