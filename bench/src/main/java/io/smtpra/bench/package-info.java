/**
 * Load benchmarks: what a mail costs, in CPU time of the whole server process, beside a reference in the same run. They
 * report figures and assert nothing; they are never part of the test run.
 */
package io.smtpra.bench;
