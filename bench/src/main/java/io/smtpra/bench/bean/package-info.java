/** The bean that the benchmark's server runs; packed as a deployment of its own. */
package io.smtpra.bench.bean;
