/** Rows of data files, whatever the kind of file: JSON, JSON Lines, CSV or Parquet. */
package parathink.datasets.rows;
