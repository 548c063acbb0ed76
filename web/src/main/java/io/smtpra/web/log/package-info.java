/**
 * What the page and its REST interface log at INFO and above: each message declared once, with a code that never
 * changes. It uses no other package. Codes that are not used any more stand in docs/logging.md, and are never given
 * again.
 */
package io.smtpra.web.log;
