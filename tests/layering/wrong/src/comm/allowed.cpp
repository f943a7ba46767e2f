#include <mpi.h>
int used = MPI_SUCCESS;
