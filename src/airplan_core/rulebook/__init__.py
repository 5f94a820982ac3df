"""What plugins and a county's configuration yield, checked as a whole: the rulebook."""
