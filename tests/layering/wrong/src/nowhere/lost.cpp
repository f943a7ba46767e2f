int lost = 0;
