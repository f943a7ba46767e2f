// run_and_expect --exit CODE --seconds LIMIT [--expect REGEX]... [--reject REGEX]... -- COMMAND [ARGUMENT]...
//
// Runs a whole command, often an mpirun, and checks how it ends:
//   --exit     a number, or "nonzero", or "killed" (by a signal, or a code of 129 or more, which says the same)
//   --seconds  it must end within so many seconds; else it and all it started are killed, and the check fails
//   --expect   an ECMAScript regular expression that must match somewhere in stdout or stderr
//   --reject   one that must not
// and that nothing stays behind: no process, no file in /dev/shm whose name begins with "hammerscale", no file in the
// scratch folder, which is a new one that the command gets as TMPDIR and HAMMERSCALE_SCRATCH. (Open MPI's own session
// folders, which it leaves when its ranks are killed, do not count.)
//
// Exit code: 0 all as demanded; 1 something else happened, which stderr tells with the command's output; 2 wrong usage.
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// Daemons of a launcher may outlive it for a moment; what is still there after this long was left behind.
constexpr auto kGrace = std::chrono::seconds(5);
constexpr auto kPollInterval = std::chrono::milliseconds(20);
constexpr std::size_t kMaxShownBytes = 8000;

struct Demands {
  std::string exit_code;
  double limit_seconds = 0;
  std::vector<std::string> expected;
  std::vector<std::string> rejected;
  std::vector<char*> command;
};

struct Outcome {
  bool timed_out = false;
  int status = 0;
  std::string output;
  std::vector<std::string> left_processes;
};

[[noreturn]] void fail_usage(const std::string& what) {
  std::fprintf(stderr, "run_and_expect: %s\n", what.c_str());
  std::exit(2);
}

Demands parse_arguments(int argc, char** argv) {
  Demands demands;
  int i = 1;
  for (; i < argc && std::string(argv[i]) != "--"; i += 2) {
    const std::string option = argv[i];
    if (i + 1 >= argc) { fail_usage(option + " needs a value"); }
    const std::string value = argv[i + 1];
    if (option == "--exit") {
      demands.exit_code = value;
    } else if (option == "--seconds") {
      demands.limit_seconds = std::atof(value.c_str());
    } else if (option == "--expect") {
      demands.expected.push_back(value);
    } else if (option == "--reject") {
      demands.rejected.push_back(value);
    } else {
      fail_usage("unknown option " + option);
    }
  }
  for (++i; i < argc; ++i) { demands.command.push_back(argv[i]); }
  if (demands.command.empty()) { fail_usage("no command after --"); }
  if (demands.exit_code.empty() || demands.limit_seconds <= 0) { fail_usage("--exit and --seconds are needed"); }
  demands.command.push_back(nullptr);
  return demands;
}

// Parent of each living process; zombies count as gone, because nothing of them runs.
std::map<pid_t, pid_t> read_parents() {
  std::map<pid_t, pid_t> parents;
  for (const auto& entry : fs::directory_iterator("/proc", fs::directory_options::skip_permission_denied)) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    if (pid <= 0) { continue; }
    std::ifstream stat(entry.path() / "stat");
    std::string text;
    std::getline(stat, text);
    const auto name_end = text.rfind(')');
    if (name_end == std::string::npos) { continue; }
    std::istringstream rest(text.substr(name_end + 1));
    char state = 0;
    pid_t parent = 0;
    rest >> state >> parent;
    if (state != 'Z' && state != 'X') { parents[pid] = parent; }
  }
  return parents;
}

// All processes below this one. Orphans come to it, because it is their subreaper, so none of them escapes.
std::vector<pid_t> find_descendants() {
  const auto parents = read_parents();
  std::set<pid_t> family = {getpid()};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& [pid, parent] : parents) {
      if (family.contains(parent) && family.insert(pid).second) { grew = true; }
    }
  }
  family.erase(getpid());
  return {family.begin(), family.end()};
}

std::string describe_process(pid_t pid) {
  std::ifstream stream("/proc/" + std::to_string(pid) + "/cmdline");
  std::string command((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  for (char& c : command) {
    if (c == '\0') { c = ' '; }
  }
  return std::to_string(pid) + " " + command;
}

void reap_orphans() {
  while (waitpid(-1, nullptr, WNOHANG) > 0) {}
}

void kill_descendants() {
  // Several rounds: a process may have forked between the look and the signal.
  for (int round = 0; round < 10; ++round) {
    const auto family = find_descendants();
    if (family.empty()) { return; }
    for (const pid_t pid : family) { kill(pid, SIGKILL); }
    poll(nullptr, 0, 50);
    reap_orphans();
  }
}

void read_available(int fd, std::string& output) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const auto count = read(fd, buffer.data(), buffer.size());
    if (count <= 0) { return; }
    output.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Outcome run_command(const Demands& demands, const fs::path& scratch) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) { fail_usage("no pipe"); }
  const pid_t child = fork();
  if (child < 0) { fail_usage("no process"); }
  if (child == 0) {
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    dup2(pipe_ends[1], STDOUT_FILENO);
    dup2(pipe_ends[1], STDERR_FILENO);
    setenv("TMPDIR", scratch.c_str(), 1);
    setenv("HAMMERSCALE_SCRATCH", scratch.c_str(), 1);
    execvp(demands.command[0], demands.command.data());
    std::fprintf(stderr, "cannot run %s: %s\n", demands.command[0], std::strerror(errno));
    _exit(127);
  }
  close(pipe_ends[1]);
  fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK);

  Outcome outcome;
  const auto deadline = Clock::now() + std::chrono::duration<double>(demands.limit_seconds);
  while (waitpid(child, &outcome.status, WNOHANG) == 0) {
    if (Clock::now() > deadline) {
      outcome.timed_out = true;
      kill_descendants();
      break;
    }
    poll(nullptr, 0, static_cast<int>(kPollInterval.count()));
    read_available(pipe_ends[0], outcome.output);
  }
  const auto grace_end = Clock::now() + kGrace;
  auto family = find_descendants();
  while (!family.empty() && Clock::now() < grace_end) {
    poll(nullptr, 0, static_cast<int>(kPollInterval.count()));
    reap_orphans();
    family = find_descendants();
  }
  if (!outcome.timed_out) {
    for (const pid_t pid : family) { outcome.left_processes.push_back(describe_process(pid)); }
  }
  kill_descendants();
  read_available(pipe_ends[0], outcome.output);
  close(pipe_ends[0]);
  return outcome;
}

std::set<std::string> list_shared_memory() {
  std::set<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/dev/shm", ignored)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with("hammerscale")) { names.insert(name); }
  }
  return names;
}

// True while a living process maps the file or holds it open: then it belongs to a run beside this one.
bool is_in_use(const std::string& path) {
  for (const auto& [pid, parent] : read_parents()) {
    const fs::path process = "/proc/" + std::to_string(pid);
    std::ifstream maps(process / "maps");
    const std::string text((std::istreambuf_iterator<char>(maps)), std::istreambuf_iterator<char>());
    if (text.find(path) != std::string::npos) { return true; }
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(process / "fd", ignored)) {
      if (fs::read_symlink(entry.path(), ignored) == path) { return true; }
    }
  }
  return false;
}

bool belongs_to_the_launcher(const std::string& name) {
  return name.starts_with("ompi.") || name.starts_with("openmpi-sessions") || name.starts_with("pmix") ||
         name.starts_with("prte.");
}

std::vector<std::string> list_scratch(const fs::path& scratch) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(scratch)) {
    const auto name = entry.path().filename().string();
    if (!belongs_to_the_launcher(name)) { files.push_back(name); }
  }
  return files;
}

bool exit_code_is_as_demanded(const std::string& demanded, int status) {
  const int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  if (demanded == "nonzero") { return code != 0; }
  if (demanded == "killed") { return code > 128; }
  return std::to_string(code) == demanded;
}

std::vector<std::string> find_faults(const Demands& demands, const Outcome& outcome) {
  std::vector<std::string> faults;
  if (outcome.timed_out) {
    faults.push_back("it was still running after " + std::to_string(demands.limit_seconds) + " s and was killed");
  } else if (!exit_code_is_as_demanded(demands.exit_code, outcome.status)) {
    const int code = WIFSIGNALED(outcome.status) ? 128 + WTERMSIG(outcome.status) : WEXITSTATUS(outcome.status);
    faults.push_back("its exit code is " + std::to_string(code) + ", not " + demands.exit_code);
  }
  for (const auto& regex : demands.expected) {
    if (!std::regex_search(outcome.output, std::regex(regex))) { faults.push_back("its output lacks: " + regex); }
  }
  for (const auto& regex : demands.rejected) {
    if (std::regex_search(outcome.output, std::regex(regex))) { faults.push_back("its output holds: " + regex); }
  }
  for (const auto& process : outcome.left_processes) { faults.push_back("a process was left behind: " + process); }
  return faults;
}

fs::path make_scratch() {
  const char* parent = std::getenv("TMPDIR");
  std::string name = std::string(parent != nullptr ? parent : "/tmp") + "/run_and_expect.XXXXXX";
  if (mkdtemp(name.data()) == nullptr) { fail_usage("no scratch folder " + name); }
  return name;
}

}  // namespace

int main(int argc, char** argv) {
  const auto demands = parse_arguments(argc, argv);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const auto scratch = make_scratch();
  const auto shared_before = list_shared_memory();

  const auto outcome = run_command(demands, scratch);

  auto faults = find_faults(demands, outcome);
  for (const auto& name : list_shared_memory()) {
    const std::string path = "/dev/shm/" + name;
    if (shared_before.contains(name) || is_in_use(path)) { continue; }
    faults.push_back("a shared memory file was left behind: " + path);
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  for (const auto& name : list_scratch(scratch)) { faults.push_back("a scratch file was left behind: " + name); }
  std::error_code ignored;
  fs::remove_all(scratch, ignored);

  if (faults.empty()) { return 0; }
  for (const auto& fault : faults) { std::fprintf(stderr, "run_and_expect: %s\n", fault.c_str()); }
  const auto begin = outcome.output.size() > kMaxShownBytes ? outcome.output.size() - kMaxShownBytes : 0;
  std::fprintf(stderr, "---- output of %s ----\n%s\n", demands.command[0], outcome.output.c_str() + begin);
  return 1;
}
