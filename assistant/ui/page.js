// One set of listeners for the whole component: what was clicked is named by its data-* attributes.
// data-act is the event that it triggers; beside it may stand a text field, whose text goes along.
let back = '', opened = '';
element.addEventListener('click', (event) => {
  const target = event.target.closest('button');
  if (!target || !element.contains(target)) return;
  if (target.type === 'submit') return;
  const data = {...target.dataset};
  if ('fold' in data) return fold(target);
  if (data.n) {
    document.querySelectorAll('.cite[aria-current]').forEach((one) => one.removeAttribute('aria-current'));
    target.setAttribute('aria-current', 'true');
  }
  const field = target.parentElement.querySelector('input');
  if (field) data.word = field.value;
  if (data.act === 'like') judge(target, data);
  if (data.act === 'edit') back = data.id;
  if (data.record) document.body.dataset.record = data.record;
  trigger(data.act || (data.ask ? 'submit' : 'click'), data);
});
element.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') fold(event.target);
  if (event.key !== 'Enter' || event.isComposing || !event.target.matches('input')) return;
  event.preventDefault();
  event.target.parentElement.querySelector('button').click();
});
// A file is fetched here, so that a sentence instead of it does not take the place of the page.
element.addEventListener('submit', async (event) => {
  const form = event.target, button = event.submitter;
  event.preventDefault();
  form.querySelector('.notice')?.remove();
  const answer = await fetch(`${button.formAction}?${new URLSearchParams(new FormData(form))}`).catch(() => null);
  if (!answer || !answer.ok) {
    const said = document.createElement('p');
    said.className = 'notice';
    said.setAttribute('role', 'alert');
    said.textContent = answer ? await answer.text() : '連不到伺服器，網頁可能已經關閉。請重新開啟後再下載。';
    return form.append(said);
  }
  const link = document.createElement('a');
  link.download = decodeURIComponent(answer.headers.get('content-disposition').split("UTF-8''")[1]);
  link.href = URL.createObjectURL(await answer.blob());
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
function fold(inside) {
  const open = inside.closest('details[open]');
  if (!open || !element.contains(open)) return;
  open.open = false;
  open.querySelector('summary').focus();
}
function judge(target, data) {
  const row = target.closest('.thumbs');
  row.dataset.verdict = data.verdict;
  row.querySelectorAll('[aria-pressed]').forEach((one) => {
    one.setAttribute('aria-pressed', String(one.dataset.verdict === data.verdict));
  });
  row.querySelector('.said').textContent = data.word ? '已記下，謝謝說明' : '已記下';
  row.scrollIntoView({block: 'nearest'});
}
function settle() {
  const renamed = back && element.querySelector(`[data-open="${back}"]`);
  back = '';
  if (renamed) renamed.focus();
  const left = element.querySelector(`.rows [data-record="${document.body.dataset.record}"]`);
  if (left) {
    delete document.body.dataset.record;
    left.focus();
  }
  const turns = element.querySelectorAll('.turn');
  const one = element.querySelector('[data-one]');
  const isNew = one && one.dataset.one !== opened;
  opened = one ? one.dataset.one : '';
  if (isNew) one.focus({preventScroll: true});
  const last = isNew ? one : element.querySelector('.notice, .done, .wait') || turns[turns.length - 1];
  if (last) last.scrollIntoView({block: 'start', behavior: 'smooth'});
}
watch('value', settle);
// What comes into being with its content, such as one recommendation, is seen from its beginning, too.
requestAnimationFrame(settle);
// Gradio names the buttons of an upload in English, whatever the browser speaks, and all alike.
const NAMES = {'Click to upload or drop files': '上傳', 'common.upload': '再加檔案', 'Remove this file': '移除檔案'};
function name(drop) {
  const label = drop.querySelector('label');
  drop.querySelectorAll('button[aria-label]').forEach((one) => {
    const word = NAMES[one.getAttribute('aria-label')];
    if (word) one.setAttribute('aria-label', label ? `${word}：${label.innerText.trim()}` : word);
  });
}
const work = element.closest('.work');
if (work && !work.dataset.named) {
  work.dataset.named = 'yes';
  work.querySelectorAll('.drop').forEach((drop) => {
    new MutationObserver(() => name(drop)).observe(drop, {childList: true, subtree: true});
    name(drop);
  });
}
