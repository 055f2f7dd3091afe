// What every command of the engine stands on.
#pragma once

#include "connect/database_url.h"
#include "diff/renames.h"
#include "source/project.h"
#include "tidemark/plan.h"
