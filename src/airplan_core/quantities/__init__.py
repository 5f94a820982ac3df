"""Quantities with units, dates, exact sums: what numbers and days mean, before any rule."""
