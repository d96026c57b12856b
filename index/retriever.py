"""The index as a LangChain retriever, for use in other LangChain programs too."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.search import LiveIndex


class PassageRetriever(BaseRetriever):
    """Finds the `most` passages nearest to a question.

    Each document is a passage word for word; its metadata holds the file, the place, the reference
    numbers printed in it ("4 5 6"), the layer, and `score` from 0 to 1.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: LiveIndex
    most: int = 3

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        documents = []
        for hit in self.index().search(query, self.most):
            document = hit.record.to_document()
            document.metadata["score"] = hit.score
            documents.append(document)
        return documents
