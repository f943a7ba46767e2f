#include "sql_shell.hpp"

#include <histedit.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <pthread.h>

namespace hammerscale::program {
namespace {

constexpr int kHistoryLines = 1000;

/// What libedit's callbacks look at; one shell at a time.
struct ShellState {
  SqlRunner* runner = nullptr;
  bool continues = false;  ///< A statement has begun on an earlier line.
};

ShellState& state() {
  static ShellState shell;
  return shell;
}

const char* prompt(EditLine*) { return state().continues ? "        -> " : "hammerscale> "; }

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Tab: puts in what all candidates share, and lists them when they differ.
unsigned char complete(EditLine* edit, int) {
  const LineInfo* line = el_line(edit);
  const char* start = line->cursor;
  while (start > line->buffer && is_word_character(start[-1])) { --start; }
  const std::string typed(start, line->cursor);
  if (typed.empty()) { return CC_ERROR; }
  const auto matches = [&](const std::string& word) {
    return word.size() >= typed.size() && std::equal(typed.begin(), typed.end(), word.begin(), [](char a, char b) {
             return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
           });
  };
  std::vector<std::string> candidates;
  for (auto& word : sql::SqlSession::keywords()) {
    if (matches(word)) { candidates.push_back(std::move(word)); }
  }
  for (auto& name : state().runner->session().known_names()) {
    if (matches(name)) { candidates.push_back(std::move(name)); }
  }
  if (candidates.empty()) { return CC_ERROR; }
  std::string common = candidates.front();
  for (const auto& candidate : candidates) {
    std::size_t length = 0;
    while (length < common.size() && length < candidate.size() &&
           std::tolower(static_cast<unsigned char>(common[length])) ==
               std::tolower(static_cast<unsigned char>(candidate[length]))) {
      ++length;
    }
    common.resize(length);
  }
  if (common.size() > typed.size()) {
    el_deletestr(edit, static_cast<int>(typed.size()));
    el_insertstr(edit, (common + (candidates.size() == 1 ? " " : "")).c_str());
    return CC_REFRESH;
  }
  std::printf("\n");
  for (const auto& candidate : candidates) { std::printf("%s  ", candidate.c_str()); }
  std::printf("\n");
  return CC_REDISPLAY;
}

std::string history_file() {
  const char* home = std::getenv("HOME");
  return home != nullptr ? std::string(home) + "/.hammerscale_history" : std::string();
}

/// Waits for SIGINT while a statement runs and cancels it. The signal is blocked in all threads of the shell's process
/// that were made after this, so that it comes here alone.
class InterruptWatcher {
 public:
  explicit InterruptWatcher(sql::SqlSession session) : session_(std::move(session)) {
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &old_mask_);
    thread_ = std::thread([this, interrupt] {
      while (!ends_) {
        timespec wait{0, 50'000'000};
        if (sigtimedwait(&interrupt, nullptr, &wait) == SIGINT) { session_.cancel(); }
      }
    });
  }
  ~InterruptWatcher() {
    ends_ = true;
    thread_.join();
    pthread_sigmask(SIG_SETMASK, &old_mask_, nullptr);
  }
  InterruptWatcher(const InterruptWatcher&) = delete;
  InterruptWatcher& operator=(const InterruptWatcher&) = delete;

 private:
  sql::SqlSession session_;
  std::atomic<bool> ends_{false};
  sigset_t old_mask_{};
  std::thread thread_;
};

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

void run(SqlRunner& runner, const std::string& script) {
  const InterruptWatcher watcher(runner.session());
  runner.run_script(script, true);
  std::fflush(stdout);
}

/// A line that begins with a backslash. @return false to leave.
bool run_shell_command(SqlRunner& runner, const std::string& line) {
  if (line == "\\q") { return false; }
  if (line == "\\timing") {
    runner.output().timing = !runner.output().timing;
    std::printf("Timing is %s.\n", runner.output().timing ? "on" : "off");
  } else if (line == "\\d") {
    run(runner, "SHOW TABLES");
  } else if (line.starts_with("\\d ")) {
    run(runner, "DESCRIBE TABLE " + line.substr(3));
  } else {
    std::printf(
        "Statements end with a semicolon and may take several lines.\n"
        "  \\d           lists tables and views\n"
        "  \\d NAME      shows the columns of one\n"
        "  \\timing      turns timing on or off\n"
        "  \\q           leaves\n");
  }
  return true;
}

}  // namespace

void run_sql_shell(SqlRunner& runner) {
  state() = {&runner, false};
  const std::unique_ptr<EditLine, decltype(&el_end)> edit(el_init("hammerscale", stdin, stdout, stderr), el_end);
  const std::unique_ptr<History, decltype(&history_end)> past(history_init(), history_end);
  HistEvent event;
  history(past.get(), &event, H_SETSIZE, kHistoryLines);
  history(past.get(), &event, H_SETUNIQUE, 1);
  const std::string file = history_file();
  if (!file.empty()) { history(past.get(), &event, H_LOAD, file.c_str()); }
  el_set(edit.get(), EL_PROMPT, &prompt);
  el_set(edit.get(), EL_EDITOR, "emacs");
  el_set(edit.get(), EL_SIGNAL, 1);  // Ctrl-C while typing redraws the line instead of ending the program.
  el_set(edit.get(), EL_HIST, history, past.get());
  el_set(edit.get(), EL_ADDFN, "hs-complete", "Completes the word before the cursor", &complete);
  el_set(edit.get(), EL_BIND, "^I", "hs-complete", nullptr);
  std::printf("Hammerscale SQL. \\h for help, \\q to leave.\n");
  std::string statement;
  for (;;) {
    state().continues = !statement.empty();
    int length = 0;
    const char* line = el_gets(edit.get(), &length);
    if (line == nullptr || length <= 0) { break; }
    const std::string text = trimmed(std::string(line, static_cast<std::size_t>(length)));
    if (statement.empty() && text.empty()) { continue; }
    if (statement.empty() && text.starts_with("\\")) {
      if (!run_shell_command(runner, text)) { break; }
      continue;
    }
    statement += (statement.empty() ? "" : "\n") + text;
    if (!sql::SqlSession::is_complete(statement)) { continue; }
    history(past.get(), &event, H_ENTER, (statement + "\n").c_str());
    run(runner, statement);
    statement.clear();
  }
  if (!file.empty()) { history(past.get(), &event, H_SAVE, file.c_str()); }
}

}  // namespace hammerscale::program
