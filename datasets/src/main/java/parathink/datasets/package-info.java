/** Problems, their answer formats, and the datasets they come from. Imports nothing else of this project. */
package parathink.datasets;
