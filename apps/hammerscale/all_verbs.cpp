#include "verb.hpp"

namespace hammerscale::program {

std::vector<std::unique_ptr<Verb>> make_all_verbs() {
  std::vector<std::unique_ptr<Verb>> verbs;
  verbs.push_back(make_wordcount_verb());
  verbs.push_back(make_sort_verb());
  verbs.push_back(make_teragen_verb());
  verbs.push_back(make_terasort_verb());
  verbs.push_back(make_teravalidate_verb());
  verbs.push_back(make_sql_verb());
  verbs.push_back(make_ml_verb());
  verbs.push_back(make_graph_verb());
  verbs.push_back(make_info_verb());
  verbs.push_back(make_calibrate_verb());
  return verbs;
}

}  // namespace hammerscale::program
