// SPDX-License-Identifier: Apache-2.0
/**
 * Files of routes and flows, watched for edits.
 */
package dev.gtmroutes.flow.files;
