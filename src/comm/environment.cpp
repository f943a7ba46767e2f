#include "hammerscale/comm/environment.hpp"

#include <array>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <utility>

#include <boost/mpi/environment.hpp>
#include <fcntl.h>
#include <hdf5.h>
#include <mpi.h>
#include <unistd.h>

#include "comm/mpi_backend.hpp"
#include "hammerscale/base/check.hpp"
#include "hammerscale/base/log.hpp"
#include "hammerscale/comm/run_threads.hpp"

namespace hammerscale::comm {
namespace {

using VariableReader = std::function<std::optional<std::string>(const std::string&)>;

std::optional<std::string> read_process_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::optional<std::int32_t> read_count(const VariableReader& variable, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto text = variable(name);
    if (!text) { continue; }
    std::int32_t count = 0;
    const char* end = text->data() + text->size();
    const auto [stopped, error] = std::from_chars(text->data(), end, count);
    if (error == std::errc{} && stopped == end && count > 0) { return count; }
  }
  return std::nullopt;
}

void set_unless_set(const char* name, const char* value) { ::setenv(name, value, 0); }

// Open MPI reads these during MPI_Init; another MPI ignores them.
void set_mpi_parameters(const Launch& launch) {
  if (launch.is_one_node()) {
    // Probing for networks that a single machine does not need takes two fifths of MPI_Init.
    set_unless_set("OMPI_MCA_pml", "ob1");
    set_unless_set("OMPI_MCA_btl", "^tcp,openib,ofi,uct,usnic");
  }
  // Libraries on top of MPI (HDF5) block inside it; with more ranks than cores they must give the core away. Not set
  // otherwise: it makes every empty poll a system call.
  const long num_cores = ::sysconf(_SC_NPROCESSORS_ONLN);
  if (launch.num_ranks_on_node && *launch.num_ranks_on_node > num_cores) {
    set_unless_set("OMPI_MCA_mpi_yield_when_idle", "1");
  }
}

[[noreturn]] void throw_bad_launch(std::string sentence, std::vector<ErrorField> fields) {
  throw UserError(ErrorCode::kBadLaunch, std::move(sentence), std::move(fields));
}

// Makes sure that all ranks of the node have opened each other's shared memory, which Open MPI does on first contact.
void exchange_with_all_of_node(Communicator& world) {
  const auto& peers = world.topology().ranks_on_my_node;
  const auto num_peers = static_cast<std::int32_t>(peers.size());
  const std::int32_t me = world.topology().my_index_on_node;
  const Tag tag{kMaxTag};
  for (std::int32_t hop = 1; hop < num_peers; ++hop) {
    const Rank to = peers[static_cast<std::size_t>((me + hop) % num_peers)];
    const Rank from = peers[static_cast<std::size_t>((me - hop + num_peers) % num_peers)];
    std::byte out{};
    std::byte in{};
    Request receive = world.irecv_bytes(from, tag, std::span(&in, 1));
    world.send_bytes(to, tag, std::span(&out, 1));
    receive.wait();
  }
}

// The file behind this rank's part of Open MPI's shared memory, for example
// /dev/shm/vader_segment.node7.1000.28ff0001.3, where 3 is the rank's place on the node; empty when this MPI uses none.
std::string find_own_segment_file(std::int32_t index_on_node) {
  const std::string ending = std::string(1, '.').append(std::to_string(index_on_node));
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    const auto start = line.find('/');
    if (start == std::string::npos) { continue; }
    const std::string path = line.substr(start);
    const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
    if ((name.starts_with("vader_segment.") || name.starts_with("sm_segment.")) && name.ends_with(ending)) {
      return path;
    }
  }
  return {};
}

}  // namespace

Launch detect_launch(const VariableReader& reader) {
  const VariableReader variable = reader ? reader : read_process_variable;
  Launch launch;
  if (variable("PMIX_RANK") || variable("OMPI_COMM_WORLD_SIZE") || variable("PMI_SIZE")) {
    launch.kind = LaunchKind::kMpiWorld;
    launch.num_ranks = read_count(variable, {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"});
    launch.num_ranks_on_node = read_count(variable, {"OMPI_COMM_WORLD_LOCAL_SIZE"});
    // srun does not say how many ranks this node has, unless it is the only one.
    if (!launch.num_ranks_on_node && read_count(variable, {"SLURM_STEP_NUM_NODES"}) == 1) {
      launch.num_ranks_on_node = launch.num_ranks;
    }
    return launch;
  }
  if (!variable("SLURM_JOB_ID")) { return launch; }
  if (variable("SLURM_STEP_ID")) {
    const auto num_tasks = read_count(variable, {"SLURM_STEP_NUM_TASKS", "SLURM_NTASKS"});
    if (num_tasks.value_or(1) > 1) {
      throw_bad_launch("srun started several copies of the program that do not know of each other",
                       {{"copies", std::to_string(*num_tasks)}, {"fix", "use srun --mpi=pmix"}});
    }
    return launch;
  }
  const auto num_tasks = read_count(variable, {"SLURM_NTASKS"});
  if (num_tasks.value_or(1) > 1) {
    throw_bad_launch("the job has several tasks, but the program was started without a launcher",
                     {{"tasks", std::to_string(*num_tasks)}, {"fix", "use srun --mpi=pmix, or mpirun"}});
  }
  return launch;
}

struct Environment::Library {
  Library() : environment(boost::mpi::threading::serialized, /*abort_on_exception=*/false) {
    // The parallel HDF5 registers its own end with MPI on its first call, which otherwise a task thread may make.
    H5open();
  }

  // A rank that is killed cannot remove its file, so it is removed as soon as every rank of the node has it open.
  void remove_segment_file(Communicator& world) {
    exchange_with_all_of_node(world);
    world.barrier();
    segment_file = find_own_segment_file(world.topology().my_index_on_node);
    if (!segment_file.empty() && ::unlink(segment_file.c_str()) != 0) { segment_file.clear(); }
  }

  // MPI_Finalize removes the file, too, and prints a page of warnings when there is none.
  void restore_segment_file() const {
    if (segment_file.empty()) { return; }
    const int file = ::open(segment_file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file >= 0) { ::close(file); }
  }

  std::string segment_file;
  boost::mpi::environment environment;
};

Environment::Environment(const EnvironmentOptions& options) {
  int is_initialized = 0;
  MPI_Initialized(&is_initialized);
  if (is_initialized != 0) {
    uses_mpi_ = true;
    world_ = make_mpi_communicator(MPI_COMM_WORLD, options.piece_bytes);
    return;
  }
  const Launch launch = detect_launch();
  if (launch.kind == LaunchKind::kSingle) {
    world_ = make_single_communicator(options.piece_bytes);
    return;
  }
  set_mpi_parameters(launch);
  library_ = std::make_unique<Library>();
  uses_mpi_ = true;
  if (boost::mpi::environment::thread_level() < boost::mpi::threading::funneled) {
    throw ResourceError(ErrorCode::kCommunication, "this MPI cannot be used in a program with threads");
  }
  int num_ranks = 0;
  check_mpi(MPI_Comm_size(MPI_COMM_WORLD, &num_ranks), "MPI_Comm_size");
  if (launch.num_ranks && *launch.num_ranks != num_ranks) {
    throw_bad_launch("the processes did not find together into one MPI world",
                     {{"launched", std::to_string(*launch.num_ranks)},
                      {"world", std::to_string(num_ranks)},
                      {"fix", "use srun --mpi=pmix, or the mpirun of the MPI that the program was built with"}});
  }
  world_ = make_mpi_communicator(MPI_COMM_WORLD, options.piece_bytes);
  set_log_rank(world_->rank().value);
  library_->remove_segment_file(*world_);
}

Environment::~Environment() {
  try {
    finalize();
  } catch (const std::exception& error) {
    HS_LOG_ERROR("comm.finalize.failed", {"error", error.what()});
  }
}

void Environment::finalize() {
  world_.reset();
  if (library_ == nullptr) { return; }
  library_->restore_segment_file();
  library_.reset();
}

std::string library_version() {
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
  int length = 0;
  MPI_Get_library_version(text.data(), &length);
  const std::string version(text.data(), static_cast<std::size_t>(length));
  return version.substr(0, version.find('\n'));
}

int exit_code(const ErrorInfo& error) { return error.kind == ErrorKind::kUser ? 2 : 1; }

void abort_job(const ErrorInfo& error) {
  std::fprintf(stderr, "error: %s\n", error.report().c_str());
  std::fflush(stderr);
  int is_initialized = 0;
  int is_finalized = 0;
  MPI_Initialized(&is_initialized);
  MPI_Finalized(&is_finalized);
  if (is_initialized != 0 && is_finalized == 0) { MPI_Abort(MPI_COMM_WORLD, exit_code(error)); }
  std::_Exit(exit_code(error));
}

}  // namespace hammerscale::comm
