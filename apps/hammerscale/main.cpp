#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "global_options.hpp"
#include "hammerscale/base/error.hpp"
#include "launcher_rank.hpp"
#include "verb.hpp"

namespace hammerscale::program {
namespace {

constexpr int kUsageExitCode = 2;

/// Makes the verb and all verbs nested in it take the global options.
void accept_global_options(CLI::App& command) {
  command.fallthrough();
  for (auto* const nested : command.get_subcommands([](CLI::App*) { return true; })) { accept_global_options(*nested); }
}

/// Ends a run that never started. Only rank 0 speaks. Only rank 0 has an exit code too: mpirun ends all other ranks
/// when one leaves with a code that is not 0, and rank 0 might not have printed by then.
int end_early(int code, std::FILE* stream, const std::string& text) {
  if (launcher_rank() != 0) { return 0; }
  std::fputs(text.c_str(), stream);
  return code;
}

std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') { text.pop_back(); }
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::string describe_usage_error(const CLI::App& program, const CLI::ParseError& error) {
  if (!program.get_subcommands().empty()) { return one_line(error.what()); }
  const auto unknown = program.remaining();
  if (unknown.empty()) { return one_line(error.what()) + "; hammerscale --help lists the verbs"; }
  return UserError(ErrorCode::kInvalidArgument, "there is no such verb or option; hammerscale --help lists them",
                   {{"argument", unknown.front()}})
      .what();
}

int run_program(int argc, char** argv) {
  CLI::App program("Data analytics on HPC clusters: as one process, under mpirun, or under srun", "hammerscale");
  program.set_version_flag("--version", "hammerscale " HAMMERSCALE_VERSION);
  program.require_subcommand(1);
  program.footer(
      "`hammerscale VERB --help` says more. Example: mpirun -n 5 hammerscale wordcount 'books/*.txt' --top 20");
  GlobalOptions global;
  global.add_to(program);
  std::vector<std::pair<CLI::App*, std::unique_ptr<Verb>>> verbs;
  for (auto& verb : make_all_verbs()) {
    const auto description = verb->description();
    auto* const command = program.add_subcommand(description.name, description.summary);
    command->footer("Global options are listed by hammerscale --help. Example: " + description.example);
    verb->add_options(*command);
    accept_global_options(*command);
    verbs.emplace_back(command, std::move(verb));
  }

  RunOptions options;
  Verb* chosen = nullptr;
  try {
    program.parse(argc, argv);
    for (const auto& [command, verb] : verbs) {
      if (command->parsed()) { chosen = verb.get(); }
    }
    options = global.run_options();
    chosen->check();
  } catch (const CLI::CallForHelp&) {
    return end_early(0, stdout, program.help());
  } catch (const CLI::CallForVersion& version) {
    return end_early(0, stdout, one_line(version.what()) + '\n');
  } catch (const CLI::ParseError& error) {
    return end_early(kUsageExitCode, stderr, "error: " + describe_usage_error(program, error) + '\n');
  } catch (const Error& error) {
    return end_early(kUsageExitCode, stderr, std::string("error: ") + error.what() + '\n');
  }

  options.application = "hammerscale";
  int verb_code = 0;
  const int code = hammerscale::run(options, [&](Session& session) { verb_code = chosen->run(session, options); });
  return code != 0 ? code : verb_code;
}

}  // namespace
}  // namespace hammerscale::program

int main(int argc, char** argv) {
  try {
    return hammerscale::program::run_program(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return 1;
  }
}
