export const late = await new Promise((resolve) => setTimeout(resolve, 1, 'what came late'));
