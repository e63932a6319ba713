/** Strategies of test-time parallel reasoning, one record each, and their catalogue. */
package parathink.strategies;
