/** The dashboards that we ship, held against rules that Grafana itself does not check. */
@NullMarked
package io.github.penagent.dashboards;

import org.jspecify.annotations.NullMarked;
