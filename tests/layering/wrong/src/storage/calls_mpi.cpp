#include <mpi.h>
// MPI_Send in a comment and in a literal is no use of it: see below. 1'000 is one number.
const char* text = "MPI_Recv /* no comment */"; const int thousand = 1'000;
void wait_for_all() { MPI_Barrier(MPI_COMM_WORLD); }
const char* variable = "OMPI_COMM_WORLD_RANK";
int NOT_MPI_Send = 0;
