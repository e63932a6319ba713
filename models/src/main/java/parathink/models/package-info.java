/** Engines, sessions and completions; imports nothing else of this project. */
package parathink.models;
