// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.time.Duration;

/**
 * What the jobs of a destination are like.
 *
 * @param type     of the jobs, such as person/upsert
 * @param patience how long nothing may come of a job before that is told
 */
record JobSettings(String type, Duration patience) {
}
