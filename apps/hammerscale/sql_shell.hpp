#pragma once

#include "sql_runner.hpp"

namespace hammerscale::program {

/// The interactive shell: reads statements from the terminal until \q or end of input. Editing and history by libedit
/// (kept in ~/.hammerscale_history), completion of keywords, functions, tables and columns by Tab, statements over
/// several lines, Ctrl-C ends the running query or clears the line. Driver only.
///
/// Commands of its own: \d [name] lists tables or describes one, \timing turns timing on and off, \h help, \q leaves.
void run_sql_shell(SqlRunner& runner);

}  // namespace hammerscale::program
