'use strict';
// Loads modules with the semantics that the peer's loader gives them: ES modules
// become CommonJS ones, whose exports are getters.
