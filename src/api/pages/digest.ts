import { inlineImages } from '../../reports/inline-images.ts'
import { listDeliveries } from '../../store/deliveries.ts'
import { findDigest, type StoredDigest } from '../../store/digests.ts'
import { renderDigestPage } from '../../web/pages/digest.ts'
import type { ApiContext } from '../api-context.ts'
import { notFound } from '../http-error.ts'
import { definePage, mailPolicy } from './page.ts'

async function expectDigest({ database, workspace }: ApiContext, id: string): Promise<StoredDigest> {
  const digest = await findDigest(database, id)
  if (digest?.workspace !== workspace) throw notFound('digest', id)
  return digest
}

export const digestPage = definePage({
  method: 'GET',
  path: '/digests/:id',
  scope: 'read',
  async handle(context, { params }) {
    const digest = await expectDigest(context, params.id ?? '')
    const deliveries = await listDeliveries(context.database, digest.id)
    return { html: renderDigestPage({ workspace: context.workspace, digest, deliveries }) }
  },
})

/** The mail as it was sent, for the frame of the digest's page. */
export const digestMail = definePage({
  method: 'GET',
  path: '/digests/:id/mail',
  scope: 'read',
  async handle(context, { params }) {
    const { html, images } = await expectDigest(context, params.id ?? '')
    return {
      body: inlineImages(html, images),
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': mailPolicy },
    }
  },
})
