// A program that brings its own database up to date before it uses it.
#include <cstdlib>
#include <iostream>

#include "tidemark/migrator.h"

int main(int count, char** words) {
  tidemark::MigratorSettings settings{.url = count > 1 ? words[1] : "file:notes.db"};
  try {
    for (const tidemark::AppliedMigration& one : tidemark::apply_migrations(settings))
      std::cout << "applied " << one.tag << ", " << one.statements << " statements\n";
  } catch (const tidemark::Error& error) {
    std::cerr << "cannot start: " << error.message() << '\n';
    return EXIT_FAILURE;
  }
  std::cout << "the database is up to date\n";
}
