if (location.protocol === "file:") document.getElementById("copy").hidden = false;
