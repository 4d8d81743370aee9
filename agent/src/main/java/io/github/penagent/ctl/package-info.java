/**
 * The command line for one pen: {@code pen-agent ctl TARGET COMMAND}. {@link io.github.penagent.ctl.Ctl} holds the
 * options and the list of commands, each a {@link io.github.penagent.ctl.CtlCommand} that turns its words into a {@link
 * io.github.penagent.ctl.Report}; {@code top} draws, {@code doctor} judges.
 *
 * <p>May touch penctl, picocli, reactor-core and JLine's terminal. It blocks: one person waits for one answer.
 */
@NullMarked
package io.github.penagent.ctl;

import org.jspecify.annotations.NullMarked;
