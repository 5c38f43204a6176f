// This module has no functions. See NoLocaleData.c.
