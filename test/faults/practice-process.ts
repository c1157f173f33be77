/** The practice gateway as a process of its own, so that it can be killed too: `practice-process.ts <folder> <port>`. */
import { startPractice } from '#practice/index.ts'

const [, , dataDir = '', port = '0'] = process.argv
const { url, baseUrls } = await startPractice({ dataDir, port: Number(port) })
process.send?.({ url, baseUrl: baseUrls.practice })
process.on('disconnect', () => process.exit(0))
