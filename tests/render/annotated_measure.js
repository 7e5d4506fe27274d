// Measures the page of test_annotated_page.py in a narrow frame; what it found goes to the page around it.
const pre = document.createElement("pre");
parent.document.body.append(pre);
pre.id = "seen";
document.querySelector("#key").open = true;
document.querySelector("#n3").click();
const root = document.documentElement, box = document.querySelector("#card").getBoundingClientRect();
const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
pre.textContent = JSON.stringify({
  width: innerWidth,
  scroll: root.scrollWidth,
  card: [box.left, box.right],
  wide: wide.map((e) => e.outerHTML.slice(0, 80)),
});
