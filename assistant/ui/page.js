// One listener for the whole component: what was clicked is named by its data-* attribute.
element.addEventListener('click', (event) => {
  const target = event.target.closest('button');
  if (!target || !element.contains(target)) return;
  const data = {...target.dataset};
  if (data.n) {
    document.querySelectorAll('.cite[aria-current]').forEach((one) => one.removeAttribute('aria-current'));
    target.setAttribute('aria-current', 'true');
  }
  trigger(data.ask ? 'submit' : 'click', data);
});
watch('value', () => {
  const turns = element.querySelectorAll('.turn');
  const last = element.querySelector('.notice') || turns[turns.length - 1];
  if (last) last.scrollIntoView({block: 'start', behavior: 'smooth'});
});
