// SPDX-License-Identifier: Apache-2.0
/**
 * One {@code kill -9}.
 *
 * @param run  the run it ended
 * @param time when it was decided, in ns
 */
record Kill(int run, long time) {
}
