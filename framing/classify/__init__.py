"""Models that are trained and measured: who said what, and later which sentence is biased."""
