/** What people install: the Debian package, the image, the bill of materials, and the compose file. */
@NullMarked
package io.github.penagent.packages;

import org.jspecify.annotations.NullMarked;
