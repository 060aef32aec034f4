(function(){try{document.documentElement.className=['','t2','t3'][+localStorage.getItem('size')||0]||''}catch(e){}}());
