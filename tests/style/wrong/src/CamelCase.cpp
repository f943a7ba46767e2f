int c = 0;
