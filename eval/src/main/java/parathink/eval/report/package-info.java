/** What a run or several have to say: on a terminal, as a page, as tables, JSON and JUnit XML, and the traces behind it. */
package parathink.eval.report;
