/** Datasets from files: which column is what, references in one form, duplicates, and the import into the data folder. */
package parathink.datasets.files;
