// ---- The widget's own words. What Handrail answers comes from the server, in English. ----

const WORDS = {
  en: {
    launch: 'Ask {name}', title: 'Ask {name}', close: 'Close', options: 'Options',
    intro: '{name} is a machine, not a person. It is not for emergencies: call 911.', clinic: 'Call the clinic: {phone}',
    log: 'Conversation', box: 'Your message', send: 'Send', emergency: 'Emergency: 911',
    person: 'You said', assistant: '{name} said', staff: 'Clinic staff said',
    info: 'Please note', warning: 'Important', danger: 'Get help now',
    step: 'Step {index} of {of}', forCaregiver: 'For the caregiver', choices: 'Choices',
    picture: 'Picture: {alt}', enlarge: 'Enlarge the picture: {alt}', sources: 'Who says so?', more: 'More',
    helped: 'Did this help?', yes: 'Yes', no: 'No', thanks: 'Thank you.',
    thanksNo: 'Thank you. Ask in other words, or call us at {phone}.',
    answering: '{name} is answering…', connecting: 'Connecting again…', connected: 'Connected again.',
    below: 'More below', again: 'Try again', unsent: 'Not answered yet',
    empty: 'Please type your message first.', hurry: 'That was a lot at once. Please wait a minute, then try again.',
    offline: 'Handrail cannot be reached now. What you wrote is kept, and sent when it works again. Or call {phone}.',
    failed: 'Handrail cannot answer this right now. Please try again, or call {phone}.',
    ended: 'Your earlier conversation has ended. This is a new one.', kept: 'What you wrote is still in the box.',
    textSize: 'Text size', normal: 'Normal', large: 'Large', largest: 'Largest',
    contrast: 'High contrast', aloud: 'Read answers aloud', print: 'Print', save: 'Save as a file',
    startOver: 'Start over', startOverMore: 'This deletes this conversation.',
    sure: 'Delete this conversation and start over? A visit that you booked stays booked.',
    keepIt: 'No, keep it', deleteIt: 'Yes, delete it',
    leave: 'Leave this page fast', leaveMore: 'The chat is not shown when somebody comes back here.',
  },
  es: {
    launch: 'Preguntar a {name}', title: 'Preguntar a {name}', close: 'Cerrar', options: 'Opciones',
    intro: '{name} es una máquina, no una persona. No es para emergencias: llame al 911.',
    clinic: 'Llame a la clínica: {phone}', log: 'Conversación', box: 'Su mensaje', send: 'Enviar',
    emergency: 'Emergencia: 911', person: 'Usted dijo', assistant: '{name} dijo', staff: 'La clínica dijo',
    info: 'Tenga en cuenta', warning: 'Importante', danger: 'Pida ayuda ahora',
    step: 'Paso {index} de {of}', forCaregiver: 'Para quien cuida', choices: 'Opciones de respuesta',
    picture: 'Imagen: {alt}', enlarge: 'Ampliar la imagen: {alt}', sources: '¿Quién lo dice?', more: 'Más',
    helped: '¿Le sirvió?', yes: 'Sí', no: 'No', thanks: 'Gracias.',
    thanksNo: 'Gracias. Pregunte con otras palabras, o llámenos al {phone}.',
    answering: '{name} está respondiendo…', connecting: 'Conectando de nuevo…', connected: 'Conectado de nuevo.',
    below: 'Más abajo', again: 'Intentar de nuevo', unsent: 'Sin respuesta todavía',
    empty: 'Primero escriba su mensaje.', hurry: 'Fueron muchos mensajes. Espere un minuto e intente de nuevo.',
    offline: 'No hay conexión con Handrail. Lo que escribió se guarda y se envía después. O llame al {phone}.',
    failed: 'Handrail no puede responder ahora. Intente de nuevo, o llame al {phone}.',
    ended: 'Su conversación anterior terminó. Esta es nueva.', kept: 'Lo que escribió sigue en el cuadro.',
    textSize: 'Tamaño del texto', normal: 'Normal', large: 'Grande', largest: 'Muy grande',
    contrast: 'Alto contraste', aloud: 'Leer en voz alta', print: 'Imprimir', save: 'Guardar en un archivo',
    startOver: 'Empezar de nuevo', startOverMore: 'Esto borra esta conversación.',
    sure: '¿Borrar esta conversación y empezar de nuevo? Una cita reservada sigue reservada.',
    keepIt: 'No, conservarla', deleteIt: 'Sí, borrarla',
    leave: 'Salir rápido de esta página', leaveMore: 'El chat no se muestra a quien vuelva aquí.',
  },
};

const LANGUAGE = WORDS[SCRIPT.dataset.language] ? SCRIPT.dataset.language : 'en';
const NAME = SCRIPT.dataset.name || 'Handrail';

/** The widget's words for a key, filled. */
function words(key, values = {}) {
  const known = { name: NAME, phone: CLINIC.phone, ...values };
  return WORDS[LANGUAGE][key].replace(/{(\w+)}/g, (_, field) => known[field]);
}
