int common_but_fine();
