"""A topic's folder, `topics/NN-slug/`: what is read, done, asked and examined, as typed values."""

from kafedra.course.topics.answering import Answered, answered
from kafedra.course.topics.blitz import BlitzFile, Mistake, Option, Question, QuestionKind
from kafedra.course.topics.exam import ExamFile, ExamPart, PracticalProblem, TheoryQuestion
from kafedra.course.topics.folder import TopicMaterials, load_topic, read_topic, topic_folders
from kafedra.course.topics.reading import ReadingEntry, ReadingFile
from kafedra.course.topics.survey import OpenQuestion, Scale, Survey, SurveyFile
from kafedra.course.topics.topic_file import Figure, HarderProblem, Misconception, Prerequisite, TopicFile

__all__ = [
    "Answered",
    "BlitzFile",
    "ExamFile",
    "ExamPart",
    "Figure",
    "HarderProblem",
    "Misconception",
    "Mistake",
    "OpenQuestion",
    "Option",
    "PracticalProblem",
    "Prerequisite",
    "Question",
    "QuestionKind",
    "ReadingEntry",
    "ReadingFile",
    "Scale",
    "Survey",
    "SurveyFile",
    "TheoryQuestion",
    "TopicFile",
    "TopicMaterials",
    "answered",
    "load_topic",
    "read_topic",
    "topic_folders",
]
