// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

/**
 * What is left of an export that runs here.
 *
 * @param flow      id of its flow
 * @param days      that were planned and are not delivered; a day that is exported by two jobs counts twice
 * @param fragments that are ready at People.ai and not delivered
 * @param jobAge    seconds since the oldest job was started that is not completed; 0 without such a job
 * @param differing windows of which less, or more, came than People.ai says
 */
public record ExportProgress(String flow, long days, long fragments, long jobAge, long differing) {
}
